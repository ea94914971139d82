-- stream_ack_results: ends tasks of a claim, by the ids of their entries, as stream_ack does, and keeps the results that were
-- asked for.
--
-- KEYS  1 the stream  2 redeliveries  3 failures  4... where to keep the results, in the tasks' order
-- ARGV  1 claim id  2 '1' for all or none  3... entry id, task id, result, ms to keep it ('0' for a task that did not ask), for
--       each task
-- Returns 1 or 0 for each task, as stream_ack does.
-- Cost  O(tasks of the claim).
local entries, done, tasks, key = {}, {}, {}, 3
for i = 3, #ARGV, 4 do entries[#entries + 1] = ARGV[i] end
local answers = held_of(KEYS[1], ARGV[1], entries, ARGV[2] == '1')
for i, answer in ipairs(answers) do
    local entry, task, result, ms = unpack(ARGV, 4 * i - 1, 4 * i + 2)
    if ms ~= '0' then key = key + 1 end
    if answer == 1 then
        done[#done + 1] = entry
        tasks[#tasks + 1] = task
        if ms ~= '0' then keep_result(KEYS[key], 'done', result, ms) end
    end
end
end_entries(KEYS[1], ARGV[1], done, tasks, KEYS[2], KEYS[3])
return answers
