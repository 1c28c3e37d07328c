;; Writes one octet beyond a memory that has grown.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data $text "abcdefgh")
  (func (export "_start")
    (drop (memory.grow (i32.const 3)))
    (i64.store offset=200000 (i32.const 62137) (i64.const 1))
    (call $exit (i32.const 0))))
