-- stream_ack: ends tasks of a claim, by the ids of their entries.
--
-- XACK by itself asks for the id only: after a rollback an entry may be another claim's by now. So what the claim holds is
-- looked up first.
--
-- KEYS  1 the stream  2 redeliveries  3 failures
-- ARGV  1 claim id  2 how many entries  3 '1' for all or none  4... their ids  ... and for a claim of retries the ids of their
--       tasks
-- Returns 1 or 0 for each: whether the claim held it. All or none: all 0 and nothing done when it does not hold each of them,
--       since recovery takes over entries, and not claims.
-- Cost  O(tasks of the claim).
local count = tonumber(ARGV[2])
local held, answers, done, tasks, is_whole = {}, {}, {}, {}, true
for _, id in ipairs(held_entries(KEYS[1], ARGV[1])) do held[id] = true end
if ARGV[3] == '1' then
    for i = 1, count do
        answers[i] = 0
        if not held[ARGV[3 + i]] then is_whole = false end
    end
    if not is_whole then return answers end
end
for i = 1, count do
    local id = ARGV[3 + i]
    answers[i] = held[id] and 1 or 0
    if held[id] then
        held[id] = nil
        done[#done + 1] = id
        tasks[#tasks + 1] = ARGV[3 + count + i]
    end
end
if #done > 0 then
    remove_entries(KEYS[1], done)
    each_chunk('HDEL', KEYS[2], tasks, 1, #tasks)
    each_chunk('HDEL', KEYS[3], tasks, 1, #tasks)
    close_claim(KEYS[1], ARGV[1])
end
return answers
