-- stream_ack_results: ends tasks of a claim, by the ids of their entries, as stream_ack does, and keeps the results that were
-- asked for.
--
-- KEYS  1 the stream  2 redeliveries  3 failures  4... where to keep the results, in the tasks' order
-- ARGV  1 claim id  2 '1' for all or none  3... entry id, task id, result, ms to keep it ('0' for a task that did not ask), for
--       each task
-- Returns 1 or 0 for each task, as stream_ack does.
-- Cost  O(tasks of the claim).
local held, answers, is_whole = {}, {}, true
for _, id in ipairs(held_entries(KEYS[1], ARGV[1])) do held[id] = true end
for i = 3, #ARGV, 4 do
    answers[#answers + 1] = held[ARGV[i]] and 1 or 0
    is_whole = is_whole and held[ARGV[i]]
end
if ARGV[2] == '1' and not is_whole then
    for i in ipairs(answers) do answers[i] = 0 end
    return answers
end
local done, tasks, key = {}, {}, 3
for i, answer in ipairs(answers) do
    local entry, task, result, ms = unpack(ARGV, 4 * i - 1, 4 * i + 2)
    if ms ~= '0' then key = key + 1 end
    if answer == 1 then
        done[#done + 1] = entry
        tasks[#tasks + 1] = task
        if ms ~= '0' then keep_result(KEYS[key], 'done', result, ms) end
    end
end
if #done > 0 then
    remove_entries(KEYS[1], done)
    each_chunk('HDEL', KEYS[2], tasks, 1, #tasks)
    each_chunk('HDEL', KEYS[3], tasks, 1, #tasks)
    close_claim(KEYS[1], ARGV[1])
end
return answers
