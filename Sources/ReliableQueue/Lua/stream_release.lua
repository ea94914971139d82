-- stream_release: gives back what a claim still holds, unstarted, to the end of the stream that it came from: a stream takes
-- nothing at its head.
--
-- KEYS  1 the stream  2 wake
-- ARGV  1 claim id
-- Returns how many tasks went back, or -1 when the claim is gone.
-- Cost  O(tasks).
local ids = held_entries(KEYS[1], ARGV[1])
if #ids == 0 then
    return -1
end
for _, id in ipairs(ids) do
    redis.call('XADD', KEYS[1], '*', 'e', redis.call('XRANGE', KEYS[1], id, id)[1][2][2])
end
remove_entries(KEYS[1], ids)
close_claim(KEYS[1], ARGV[1])
wake(KEYS[2])
return #ids
