(module ;; calls an entry that holds no function
  (memory (export "memory") 1)
  (table 5 funcref)
  (func (export "_start") (call_indirect (i32.const 3))))
