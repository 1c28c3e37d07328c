(module ;; a start function runs before _start, and both run
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (global $began (mut i32) (i32.const 0))
  (func $begin (global.set $began (i32.add (global.get $began) (i32.const 5))))
  (start $begin)
  (func (export "_start") (call $exit (i32.add (global.get $began) (i32.const 20)))))
