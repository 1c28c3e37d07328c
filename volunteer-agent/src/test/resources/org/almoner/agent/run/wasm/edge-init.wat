;; Initialises one octet beyond a memory that has grown.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data $text "abcdefgh")
  (func (export "_start")
    (drop (memory.grow (i32.const 3)))
    (memory.init $text (i32.const 262137) (i32.const 0) (i32.const 8))
    (call $exit (i32.const 0))))
