-- stream_ack: ends tasks of a claim, by the ids of their entries.
--
-- KEYS  1 the stream  2 redeliveries  3 failures
-- ARGV  1 claim id  2 how many entries  3 '1' for all or none  4... their ids  ... and for a claim of retries the ids of their
--       tasks
-- Returns 1 or 0 for each: whether the claim held it. All or none: all 0 and nothing done when it does not hold each of them,
--       since recovery takes over entries, and not claims.
-- Cost  O(tasks of the claim).
local count = tonumber(ARGV[2])
local entries, done, tasks = {}, {}, {}
for i = 1, count do entries[i] = ARGV[3 + i] end
local answers = held_of(KEYS[1], ARGV[1], entries, ARGV[3] == '1')
for i, answer in ipairs(answers) do
    if answer == 1 then
        done[#done + 1] = entries[i]
        tasks[#tasks + 1] = ARGV[3 + count + i]
    end
end
end_entries(KEYS[1], ARGV[1], done, tasks, KEYS[2], KEYS[3])
return answers
