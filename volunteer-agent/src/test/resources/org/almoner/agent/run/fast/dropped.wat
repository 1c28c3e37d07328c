(module ;; data that was laid into the memory at the start cannot be had again
  (memory (export "memory") 1)
  (data (i32.const 8) "active")
  (func (export "_start") (memory.init 0 (i32.const 100) (i32.const 0) (i32.const 2))))
