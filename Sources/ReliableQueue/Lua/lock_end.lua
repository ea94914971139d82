-- lock_end: removes a task and its lock, as LREM and DEL do for others, and keeps what came of it if it was still there: of
-- two workers that ran it the first one's result stays.
--
-- KEYS  1 processing  2 the task's lock  3 its result
-- ARGV  1 element  2 'done' or 'failed'  3 the result or the reason  4 ms to keep it
-- Returns how many were removed: 1, or 0.
-- Cost  O(processing).
local removed = redis.call('LREM', KEYS[1], 1, ARGV[1])
redis.call('DEL', KEYS[2])
if removed > 0 then keep_result(KEYS[3], ARGV[2], ARGV[3], ARGV[4]) end
return removed
