-- retire_shards: lets workers leave the shards that are closed, unless their number was changed a short while ago: a producer
-- that has not heard of it may still send to them.
--
-- KEYS  1 the queue's shards
-- ARGV  1 how many are open, as far as the caller knows  2 how many ms ago the number has to have changed
-- Returns how many are open, and how many are served.
-- Cost  O(1).
local open = tonumber(redis.call('HGET', KEYS[1], 'open') or 1)
local served = tonumber(redis.call('HGET', KEYS[1], 'served') or 1)
local changed = tonumber(redis.call('HGET', KEYS[1], 'changed') or 0)
if open == tonumber(ARGV[1]) and served > open and now_ms() - changed >= tonumber(ARGV[2]) then
    served = open
    redis.call('HSET', KEYS[1], 'served', served)
end
return {tostring(open), tostring(served)}
