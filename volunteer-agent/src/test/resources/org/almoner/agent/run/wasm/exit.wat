;; Counts to ten thousand and leaves by proc_exit with code 7, so that nothing after the call runs.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (local $i i32)
    (loop $again                                                                   ;; 10,000 times 8
      (local.set $i (i32.add (local.get $i) (i32.const 1)))                        ;; 4
      (br_if $again (i32.ne (local.get $i) (i32.const 10000))))                    ;; 4
    (call $exit (i32.const 7))                                                     ;; 2
    (drop (i32.const 1))))
