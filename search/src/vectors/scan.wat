;; The scan over all vectors: dot products of eight-bit rows with a sixteen-bit query, distances of sign bits, and how
;; vectors become both.
;; Rows are a multiple of 16 bytes wide, rows of bits too, so that no row has a rest. All addresses are bytes.
(module
  (import "host" "memory" (memory 1 65536))

  ;; Sum of row[i] * query[i]; the caller bounds the query so that it stays within 32 bits.
  (func $dot (param $row i32) (param $query i32) (param $width i32) (result i32)
    (local $end i32)
    (local $bytes v128)
    (local $low v128)
    (local $high v128)
    (local.set $end (i32.add (local.get $row) (local.get $width)))
    (loop $next
      (local.set $bytes (v128.load (local.get $row)))
      (local.set $low
        (i32x4.add (local.get $low)
          (i32x4.dot_i16x8_s
            (i16x8.extend_low_i8x16_s (local.get $bytes))
            (v128.load (local.get $query)))))
      (local.set $high
        (i32x4.add (local.get $high)
          (i32x4.dot_i16x8_s
            (i16x8.extend_high_i8x16_s (local.get $bytes))
            (v128.load offset=16 (local.get $query)))))
      (local.set $row (i32.add (local.get $row) (i32.const 16)))
      (local.set $query (i32.add (local.get $query) (i32.const 32)))
      (br_if $next (i32.ne (local.get $row) (local.get $end))))
    (local.set $low (i32x4.add (local.get $low) (local.get $high)))
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $low)) (i32x4.extract_lane 1 (local.get $low)))
      (i32.add (i32x4.extract_lane 2 (local.get $low)) (i32x4.extract_lane 3 (local.get $low)))))

  ;; scores[i] = dot(rows[i], query) * scales[i] for `count` rows that lie one after another.
  (func (export "scoreAll")
    (param $rows i32) (param $scales i32) (param $count i32)
    (param $query i32) (param $width i32) (param $scores i32)
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $count)))
        (f32.store (local.get $scores)
          (f32.mul
            (f32.convert_i32_s (call $dot (local.get $rows) (local.get $query) (local.get $width)))
            (f32.load (local.get $scales))))
        (local.set $rows (i32.add (local.get $rows) (local.get $width)))
        (local.set $scales (i32.add (local.get $scales) (i32.const 4)))
        (local.set $scores (i32.add (local.get $scores) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next))))

  ;; The score of one row.
  (func (export "scoreOne")
    (param $row i32) (param $scale i32) (param $query i32) (param $width i32) (result f32)
    (f32.mul
      (f32.convert_i32_s (call $dot (local.get $row) (local.get $query) (local.get $width)))
      (f32.load (local.get $scale))))

  ;; How many bits differ between the query's bits and each of `count` rows of bits, as 16-bit numbers.
  (func (export "distances")
    (param $rows i32) (param $count i32) (param $query i32) (param $width i32) (param $distances i32)
    (local $end i32)
    (local $at i32)
    (local $sum v128)
    (block $done
      (loop $row
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $end (i32.add (local.get $rows) (local.get $width)))
        (local.set $at (local.get $query))
        (local.set $sum (v128.const i32x4 0 0 0 0))
        (loop $next
          (local.set $sum
            (i16x8.add (local.get $sum)
              (i16x8.extadd_pairwise_i8x16_u
                (i8x16.popcnt (v128.xor (v128.load (local.get $rows)) (v128.load (local.get $at)))))))
          (local.set $rows (i32.add (local.get $rows) (i32.const 16)))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $next (i32.ne (local.get $rows) (local.get $end))))
        (local.set $sum (i32x4.extadd_pairwise_i16x8_u (local.get $sum)))
        (i32.store16 (local.get $distances)
          (i32.add
            (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
            (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum)))))
        (local.set $distances (i32.add (local.get $distances) (i32.const 2)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $row))))

  ;; Writes `width` floats as eight-bit numbers and as signs (a bit each, set above zero), and returns what 1 is worth
  ;; in the eight bits. A vector next to nothing becomes zeros of scale 0.
  (func (export "quantise")
    (param $from i32) (param $width i32) (param $row i32) (param $signs i32) (result f32)
    (local $at i32)
    (local $end i32)
    (local $most v128)
    (local $scale f32)
    (local $perUnit v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $width) (i32.const 2))))
    (local.set $at (local.get $from))
    (loop $next
      (local.set $most (f32x4.max (local.get $most) (f32x4.abs (v128.load (local.get $at)))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $next (i32.ne (local.get $at) (local.get $end))))
    (local.set $scale
      (f32.div
        (f32.max
          (f32.max (f32x4.extract_lane 0 (local.get $most)) (f32x4.extract_lane 1 (local.get $most)))
          (f32.max (f32x4.extract_lane 2 (local.get $most)) (f32x4.extract_lane 3 (local.get $most))))
        (f32.const 127)))
    ;; Otherwise zero times everything, which is zero.
    (if (f32.lt (local.get $scale) (f32.const 1e-30))
      (then (local.set $scale (f32.const 0)))
      (else (local.set $perUnit (f32x4.splat (f32.div (f32.const 1) (local.get $scale))))))
    (local.set $at (local.get $from))
    (loop $next
      (local.set $a (v128.load (local.get $at)))
      (local.set $b (v128.load offset=16 (local.get $at)))
      (local.set $c (v128.load offset=32 (local.get $at)))
      (local.set $d (v128.load offset=48 (local.get $at)))
      (v128.store (local.get $row)
        (i8x16.narrow_i16x8_s
          (i16x8.narrow_i32x4_s
            (call $whole (f32x4.mul (local.get $a) (local.get $perUnit)))
            (call $whole (f32x4.mul (local.get $b) (local.get $perUnit))))
          (i16x8.narrow_i32x4_s
            (call $whole (f32x4.mul (local.get $c) (local.get $perUnit)))
            (call $whole (f32x4.mul (local.get $d) (local.get $perUnit))))))
      (i32.store16 (local.get $signs)
        (i8x16.bitmask
          (i8x16.narrow_i16x8_s
            (i16x8.narrow_i32x4_s (call $isAbove (local.get $a)) (call $isAbove (local.get $b)))
            (i16x8.narrow_i32x4_s (call $isAbove (local.get $c)) (call $isAbove (local.get $d))))))
      (local.set $at (i32.add (local.get $at) (i32.const 64)))
      (local.set $row (i32.add (local.get $row) (i32.const 16)))
      (local.set $signs (i32.add (local.get $signs) (i32.const 2)))
      (br_if $next (i32.ne (local.get $at) (local.get $end))))
    (local.get $scale))

  ;; The nearest whole numbers; halves go to the even one.
  (func $whole (param $values v128) (result v128)
    (i32x4.trunc_sat_f32x4_s (f32x4.nearest (local.get $values))))

  ;; All bits of a lane where it is above zero.
  (func $isAbove (param $values v128) (result v128)
    (f32x4.gt (local.get $values) (v128.const f32x4 0 0 0 0)))
)
