;; Takes all the memory there is page by page, which must be zero, and writes to the end of each.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (loop $more
      (if (i32.load offset=65532 (i32.mul (i32.sub (memory.size) (i32.const 1)) (i32.const 65536)))
        (then (call $exit (i32.const 255))))
      (i32.store offset=65532 (i32.mul (i32.sub (memory.size) (i32.const 1)) (i32.const 65536)) (i32.const 1))
      (br_if $more (i32.ge_s (memory.grow (i32.const 1)) (i32.const 0))))
    (call $exit (memory.size))))
