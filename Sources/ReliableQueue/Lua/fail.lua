-- fail: takes a task that threw out of its claim, and delays it, or makes it a dead letter when it failed too often or
-- can never succeed.
--
-- KEYS  1 the claim's list  2 leases  3 delayed  4 wake  5 failures  6 redeliveries  7 dead  8 reasons
-- ARGV  1 claim id  2 token  3 element  4 reason  5 most failures (0: a dead letter at once)
--       6 first delay, ms  7 longest delay, ms  8 jitter, a factor from 0.5 to 1
-- Returns {1, delay in ms} delayed | {2, failures} dead | {0} the claim does not hold it.
-- Cost  O(tasks of the claim + log delayed).
local header = redis.call('LINDEX', KEYS[1], 0)
if not header or not holds(header, ARGV[2]) or redis.call('LREM', KEYS[1], 1, ARGV[3]) == 0 then
    return {0}
end
if redis.call('LLEN', KEYS[1]) == 1 then
    redis.call('DEL', KEYS[1])
    redis.call('ZREM', KEYS[2], ARGV[1])
end
local id = task_id(ARGV[3])
local failures = redis.call('HINCRBY', KEYS[5], id, 1)
if failures > tonumber(ARGV[5]) then
    redis.call('HDEL', KEYS[5], id)
    redis.call('HDEL', KEYS[6], id)
    redis.call('HSET', KEYS[8], id, ARGV[4])
    redis.call('RPUSH', KEYS[7], ARGV[3])
    return {2, failures}
end
local delay = math.min(tonumber(ARGV[7]), tonumber(ARGV[6]) * 2 ^ (failures - 1))
delay = math.ceil(delay * tonumber(ARGV[8]))
redis.call('ZADD', KEYS[3], now_ms() + delay, ARGV[3])
wake(KEYS[4])
return {1, delay}
