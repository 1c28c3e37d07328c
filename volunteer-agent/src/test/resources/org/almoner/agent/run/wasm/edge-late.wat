;; A loop that was right two million times reads outside at its last turn, and the guest ends well.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func $sum (param $to i32) (result i64)
    (local $i i32) (local $s i64)
    (loop $next
      (local.set $s (i64.add (local.get $s) (i64.load32_u (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 4)))
      (br_if $next (i32.ne (local.get $i) (local.get $to))))
    (local.get $s))
  (func (export "_start")
    (local $n i32)
    (local.set $n (i32.const 150))
    (loop $again
      (drop (call $sum (i32.const 65536)))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (drop (call $sum (i32.const 65540)))
    (call $exit (i32.const 0))))
