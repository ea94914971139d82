-- fail: takes a task that threw out of its claim, and delays it, or makes it a dead letter when it failed too often or
-- can never succeed.
--
-- KEYS  1 the claim's list  2 leases  3 delayed  4 wake  5 failures  6 redeliveries  7 dead  8 reasons
--       9 where to keep the result, for a task that asked for it
-- ARGV  1 claim id  2 token  3 element  4 reason  5 most failures (0: a dead letter at once)
--       6 first delay, ms  7 longest delay, ms  8 jitter, a factor from 0.5 to 1
-- Returns {1, delay in ms} delayed | {2, failures} dead | {0} the claim does not hold it.
-- Cost  O(tasks of the claim + log delayed).
local header = redis.call('LINDEX', KEYS[1], 0)
if not header or not holds(header, ARGV[2]) or redis.call('LREM', KEYS[1], 1, ARGV[3]) == 0 then
    return {0}
end
end_if_empty(KEYS[1], KEYS[2], ARGV[1])
return delay_or_bury(ARGV[3], ARGV[4], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9])
