-- stream_ack: ends tasks of a claim, by the ids of their entries.
--
-- XACK by itself asks for the id only: after a rollback an entry may be another claim's by now. So what the claim holds is
-- looked up first.
--
-- KEYS  1 the stream  2 redeliveries  3 failures
-- ARGV  1 claim id  2 how many entries  3... their ids  ... and for a claim of retries the ids of their tasks
-- Returns 1 or 0 for each: whether the claim held it.
-- Cost  O(tasks of the claim).
local count = tonumber(ARGV[2])
local held, answers, done, tasks = {}, {}, {}, {}
for _, id in ipairs(held_entries(KEYS[1], ARGV[1])) do held[id] = true end
for i = 1, count do
    local id = ARGV[2 + i]
    answers[i] = held[id] and 1 or 0
    if held[id] then
        held[id] = nil
        done[#done + 1] = id
        tasks[#tasks + 1] = ARGV[2 + count + i]
    end
end
if #done > 0 then
    remove_entries(KEYS[1], done)
    each_chunk('HDEL', KEYS[2], tasks, 1, #tasks)
    each_chunk('HDEL', KEYS[3], tasks, 1, #tasks)
    close_claim(KEYS[1], ARGV[1])
end
return answers
