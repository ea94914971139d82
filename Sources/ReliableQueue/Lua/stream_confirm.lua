-- stream_confirm: notes that the worker is about to start a claim that holds redelivered tasks, in the entries' counts of
-- deliveries; see confirm.
--
-- KEYS  1 retry
-- ARGV  1 claim id
-- Returns 1, or 0 when the claim is gone.
-- Cost  O(tasks).
local ids = held_entries(KEYS[1], ARGV[1])
for from = 1, #ids, 1000 do
    local arguments = {unpack(ids, from, math.min(from + 999, #ids))}
    arguments[#arguments + 1] = 'RETRYCOUNT'
    arguments[#arguments + 1] = 2
    arguments[#arguments + 1] = 'JUSTID'
    redis.call('XCLAIM', KEYS[1], 'workers', ARGV[1], 0, unpack(arguments))
end
return #ids > 0 and 1 or 0
