-- release: gives back what a claim still holds, unstarted, to the head of the list that it came from.
--
-- KEYS  1 the claim's list  2 leases  3 pending  4 retry  5 wake
-- ARGV  1 claim id  2 token
-- Returns how many tasks went back, or -1 when the claim is gone or another's.
-- Cost  O(tasks).
local list = redis.call('LRANGE', KEYS[1], 0, -1)
local header = list[1]
if not header or not holds(header, ARGV[2]) then
    return -1
end
local backwards = {}
for i = #list, 2, -1 do backwards[#backwards + 1] = list[i] end
each_chunk('LPUSH', header == ARGV[2] and KEYS[3] or KEYS[4], backwards, 1, #backwards)
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[1])
wake(KEYS[5])
return #backwards
