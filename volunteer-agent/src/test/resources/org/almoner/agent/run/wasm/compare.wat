;; /out/edges: all sixteen ordered comparisons of all pairs of edge values, an octet each.
;; /out/mixed: eight octets, the sum over many pairs of what a signed and an unsigned comparison of the same two values say
;; together, in loops long enough that a compiler looks at them twice.
(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 0) "edgesmixed")
  (data (i32.const 64)                                          ;; nine values of eight octets
    "\00\00\00\00\00\00\00\00" "\01\00\00\00\00\00\00\00" "\ff\ff\ff\ff\ff\ff\ff\ff"
    "\00\00\00\80\00\00\00\80" "\ff\ff\ff\7f\ff\ff\ff\7f" "\ff\ff\ff\ff\00\00\00\00"
    "\00\00\00\00\00\00\00\80" "\ff\ff\ff\ff\ff\ff\ff\7f" "\fe\ff\ff\ff\fe\ff\ff\ff")
  (func $save (param $name i32) (param $from i32) (param $length i32)
    (drop (call $open (i32.const 4) (i32.const 0) (local.get $name) (i32.const 5) (i32.const 1)
      (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 32)))
    (i32.store (i32.const 40) (local.get $from))
    (i32.store (i32.const 44) (local.get $length))
    (drop (call $write (i32.load (i32.const 32)) (i32.const 40) (i32.const 1) (i32.const 48))))
  (func $narrow (param $to i32) (param $a i32) (param $b i32)
    (i32.store8 offset=0 (local.get $to) (i32.lt_s (local.get $a) (local.get $b)))
    (i32.store8 offset=1 (local.get $to) (i32.lt_u (local.get $a) (local.get $b)))
    (i32.store8 offset=2 (local.get $to) (i32.gt_s (local.get $a) (local.get $b)))
    (i32.store8 offset=3 (local.get $to) (i32.gt_u (local.get $a) (local.get $b)))
    (i32.store8 offset=4 (local.get $to) (i32.le_s (local.get $a) (local.get $b)))
    (i32.store8 offset=5 (local.get $to) (i32.le_u (local.get $a) (local.get $b)))
    (i32.store8 offset=6 (local.get $to) (i32.ge_s (local.get $a) (local.get $b)))
    (i32.store8 offset=7 (local.get $to) (i32.ge_u (local.get $a) (local.get $b))))
  (func $wide (param $to i32) (param $a i64) (param $b i64)
    (i32.store8 offset=8 (local.get $to) (i64.lt_s (local.get $a) (local.get $b)))
    (i32.store8 offset=9 (local.get $to) (i64.lt_u (local.get $a) (local.get $b)))
    (i32.store8 offset=10 (local.get $to) (i64.gt_s (local.get $a) (local.get $b)))
    (i32.store8 offset=11 (local.get $to) (i64.gt_u (local.get $a) (local.get $b)))
    (i32.store8 offset=12 (local.get $to) (i64.le_s (local.get $a) (local.get $b)))
    (i32.store8 offset=13 (local.get $to) (i64.le_u (local.get $a) (local.get $b)))
    (i32.store8 offset=14 (local.get $to) (i64.ge_s (local.get $a) (local.get $b)))
    (i32.store8 offset=15 (local.get $to) (i64.ge_u (local.get $a) (local.get $b))))
  (func $edges
    (local $i i32) (local $j i32) (local $to i32)
    (local.set $to (i32.const 4096))
    (loop $outer
      (local.set $j (i32.const 0))
      (loop $inner
        (call $narrow (local.get $to)
          (i32.load offset=64 (local.get $i)) (i32.load offset=64 (local.get $j)))
        (call $wide (local.get $to)
          (i64.load offset=64 (local.get $i)) (i64.load offset=64 (local.get $j)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (local.set $j (i32.add (local.get $j) (i32.const 8)))
        (br_if $inner (i32.ne (local.get $j) (i32.const 72))))
      (local.set $i (i32.add (local.get $i) (i32.const 8)))
      (br_if $outer (i32.ne (local.get $i) (i32.const 72))))
    (call $save (i32.const 0) (i32.const 4096) (i32.const 1296)))
  ;; a >s n or n >u a
  (func $either32 (param $a i32) (param $n i32) (result i64)
    (block $yes
      (br_if $yes (i32.gt_s (local.get $a) (local.get $n)))
      (br_if $yes (i32.gt_u (local.get $n) (local.get $a)))
      (return (i64.const 0)))
    (i64.const 1))
  (func $either64 (param $a i64) (param $n i64) (result i64)
    (block $yes
      (br_if $yes (i64.gt_s (local.get $a) (local.get $n)))
      (br_if $yes (i64.gt_u (local.get $n) (local.get $a)))
      (return (i64.const 0)))
    (i64.const 1))
  (func $mixed
    (local $seed i64) (local $sum i64) (local $i i32) (local $a i64) (local $n i64)
    (loop $again
      (local.set $seed (i64.add (i64.mul (local.get $seed) (i64.const 6364136223846793005))
        (i64.const 1442695040888963407)))
      (local.set $a (i64.sub (i64.shr_u (local.get $seed) (i64.const 61)) (i64.const 4)))
      (local.set $n (i64.sub (i64.and (i64.shr_u (local.get $seed) (i64.const 50)) (i64.const 7))
        (i64.const 4)))
      (local.set $sum (i64.add (local.get $sum)
        (i64.add
          (call $either32 (i32.wrap_i64 (local.get $a)) (i32.wrap_i64 (local.get $n)))
          (i64.shl (call $either64 (local.get $a) (local.get $n)) (i64.const 32)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.ne (local.get $i) (i32.const 3000000))))
    (i64.store (i32.const 56) (local.get $sum))
    (call $save (i32.const 5) (i32.const 56) (i32.const 8)))
  (func (export "_start") (call $edges) (call $mixed)))
