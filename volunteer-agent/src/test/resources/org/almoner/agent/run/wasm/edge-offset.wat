;; Reads 2 GiB beyond the largest address.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data $text "abcdefgh")
  (func (export "_start")
    (drop (memory.grow (i32.const 3)))
    (drop (i64.load offset=2147483647 (i32.const -1)))
    (call $exit (i32.const 0))))
