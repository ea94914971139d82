-- open_shards: opens so many shards to producers; workers serve those that were open before as well.
--
-- KEYS  1 the queue's shards
-- ARGV  1 how many
-- Returns how many are open, and how many are served.
-- Cost  O(1).
local open = tonumber(ARGV[1])
local served = math.max(open, tonumber(redis.call('HGET', KEYS[1], 'served') or 1))
redis.call('HSET', KEYS[1], 'open', open, 'served', served, 'changed', now_ms())
return {tostring(open), tostring(served)}
