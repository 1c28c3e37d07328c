;; Writes where base and offset together pass 2 GiB.
(module
  (memory (export "memory") 1)
  (func (export "_start")
    (i64.store offset=2147483640 (i32.const 2147483640) (i64.const 1))))
