-- stream_renew: lets what claims hold begin to idle anew.
--
-- KEYS  1 pending  2 retry
-- ARGV  claim ids
-- Returns 1 or 0 for each claim: 0 when it is gone.
-- Cost  O(tasks of the claims).
local answers = {}
for i, claim in ipairs(ARGV) do
    answers[i] = 0
    for _, stream in ipairs(KEYS) do
        local ids = held_entries(stream, claim)
        for from = 1, #ids, 1000 do
            local arguments = {unpack(ids, from, math.min(from + 999, #ids))}
            arguments[#arguments + 1] = 'JUSTID'
            redis.call('XCLAIM', stream, 'workers', claim, 0, unpack(arguments))
            answers[i] = 1
        end
    end
end
return answers
