(module ;; of a dropped segment nothing can be had, not even nothing from behind its start
  (memory (export "memory") 1)
  (data $text "passive")
  (func (export "_start")
    (memory.init $text (i32.const 100) (i32.const 4) (i32.const 2))
    (data.drop $text)
    (memory.init $text (i32.const 100) (i32.const 4) (i32.const 0))))
