-- stream_fail: takes a task that threw out of its claim, and delays it, or makes it a dead letter; see fail.
--
-- KEYS  1 the stream  2 delayed  3 wake  4 failures  5 redeliveries  6 dead  7 reasons
--       8 where to keep the result, for a task that asked for it
-- ARGV  1 claim id  2 entry id  3 element  4 reason  5 most failures (0: a dead letter at once)
--       6 first delay, ms  7 longest delay, ms  8 jitter, a factor from 0.5 to 1
-- Returns {1, delay in ms} delayed | {2, failures} dead | {0} the claim does not hold it.
-- Cost  O(log delayed).
if #redis.call('XPENDING', KEYS[1], 'workers', ARGV[2], ARGV[2], 1, ARGV[1]) == 0 then
    return {0}
end
remove_entries(KEYS[1], {ARGV[2]})
close_claim(KEYS[1], ARGV[1])
return delay_or_bury(ARGV[3], ARGV[4], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8])
