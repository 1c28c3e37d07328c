(module ;; the last octet of a memory that grew, and the first beyond it
  (memory (export "memory") 1 3)
  (func (export "_start")
    (drop (memory.grow (i32.const 2)))
    (i32.store8 (i32.const 196607) (i32.const 1))
    (i32.store8 (i32.const 196608) (i32.const 1))))
