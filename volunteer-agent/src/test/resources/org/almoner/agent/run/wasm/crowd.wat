;; Makes a million files, of which there can be 10,000, and ends with the number of the error that it met.
(module
  (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "\20\00\00\00\10\00\00\00")
  (data (i32.const 32) "no more files...")
  (func $name (param $n i32) (local $at i32)
    (local.set $at (i32.const 8))
    (loop $digit
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (i32.store8 (local.get $at) (i32.add (i32.const 48) (i32.rem_u (local.get $n) (i32.const 10))))
      (local.set $n (i32.div_u (local.get $n) (i32.const 10)))
      (br_if $digit (local.get $at))))
  (func (export "_start") (local $n i32) (local $error i32)
    (loop $again
      (call $name (local.get $n))
      (local.set $error
        (call $open (i32.const 4) (i32.const 0) (i32.const 0) (i32.const 8) (i32.const 1)
          (i64.const 0x40) (i64.const 0) (i32.const 0) (i32.const 64)))
      (if (local.get $error)
        (then
          (drop (call $write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 64)))
          (call $exit (local.get $error))))
      (drop (call $close (i32.load (i32.const 64))))
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $n) (i32.const 1000000))))))
