(module ;; an export whose name would end a comment of C and go on as C
  (memory (export "memory") 1)
  (func (export "*/\n#error this is C\n/*") (param i32))
  (func (export "_start")))
