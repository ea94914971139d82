-- stream_ack: ends tasks of a claim, by the ids of their entries.
--
-- KEYS  1 the stream  2 redeliveries  3 failures  4 epoch
-- ARGV  1 claim id  2 how many entries  3 '1' for all or none  4 the epoch of the claim's token  5... their ids  ... and for a
--       claim of retries the ids of their tasks
-- Returns 1 or 0 for each: whether the claim held it. All or none: all 0 and nothing done when it does not hold each of them,
--       since recovery takes over entries, and not claims; one 1 for all of them where a count has told that it does.
-- Cost  O(tasks of the claim).
local count = tonumber(ARGV[2])
local entries, done, tasks = {}, {}, {}
for i = 1, count do entries[i] = ARGV[4 + i] end

-- Entries only ever leave a claim, as long as no data are rolled back: as many as are named are those that are named. To count
-- them is ten times cheaper than to list them.
if ARGV[3] == '1' and redis.call('HGET', KEYS[4], 'epoch') == ARGV[4] and held_count(KEYS[1], ARGV[1]) == count then
    remove_entries(KEYS[1], entries)
    each_chunk('HDEL', KEYS[2], ARGV, 5 + count, #ARGV)
    each_chunk('HDEL', KEYS[3], ARGV, 5 + count, #ARGV)
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], 'workers', ARGV[1])
    return {1}
end

local answers = held_of(KEYS[1], ARGV[1], entries, ARGV[3] == '1')
for i, answer in ipairs(answers) do
    if answer == 1 then
        done[#done + 1] = entries[i]
        tasks[#tasks + 1] = ARGV[4 + count + i]
    end
end
end_entries(KEYS[1], ARGV[1], done, tasks, KEYS[2], KEYS[3])
return answers
