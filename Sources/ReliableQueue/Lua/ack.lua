-- ack: ends a whole claim. The tasks named are the claim's list exactly when their number is its length, since only
-- the holder of its token takes tasks out of it one by one.
--
-- KEYS  1 the claim's list  2 leases  3 redeliveries  4 failures
-- ARGV  1 claim id  2 token  3 number of tasks
-- Returns 1 acked, 0 the claim is gone or another's, -1 the claim holds another number of tasks: nothing was done.
-- Cost  O(1) and the freeing of the list; O(tasks) for a claim from the retry list.
local header = redis.call('LINDEX', KEYS[1], 0)
if not header or not holds(header, ARGV[2]) then
    return 0
end
if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[3]) + 1 then
    return -1
end
if header ~= ARGV[2] then
    local ids = redis.call('LRANGE', KEYS[1], 1, -1)
    for i, element in ipairs(ids) do ids[i] = task_id(element) end
    each_chunk('HDEL', KEYS[3], ids, 1, #ids)
    each_chunk('HDEL', KEYS[4], ids, 1, #ids)
end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[1])
return 1
