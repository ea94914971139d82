-- keep_result: keeps what came of a task, by itself.
--
-- KEYS  1 the task's result
-- ARGV  1 'done' or 'failed'  2 the result or the reason  3 ms to keep it
-- Returns 1.
-- Cost  O(1).
keep_result(KEYS[1], ARGV[1], ARGV[2], ARGV[3])
return 1
