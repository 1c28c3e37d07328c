;; Asks for more memory than anyone has, takes the refusal and ends well.
(module
  (memory (export "memory") 1)
  (func (export "_start")
    (drop (memory.grow (i32.const 65000)))))
