-- stream_ack: ends tasks of a claim, by the ids of their entries.
--
-- KEYS  1 the stream  2 redeliveries  3 failures  4 epoch
-- ARGV  1 claim id  2 how many entries  3 '1' for all or none  4 the epoch of the claim's token  5 their ids, in order, with
--       spaces between: as arguments they would be made strings of Lua one by one, also where nobody looks at them
--       6... for a claim of retries the ids of their tasks
-- Returns 1 or 0 for each: whether the claim held it. All or none: all 0 and nothing done when it does not hold each of them,
--       since recovery takes over entries, and not claims; one 1 for all of them where a count has told that it does.
-- Cost  O(tasks of the claim).
local count = tonumber(ARGV[2])

-- Entries only ever leave a claim, as long as no data are rolled back: as many as are named are those that are named. To count
-- them is ten times cheaper than to list them.
if ARGV[3] == '1' and redis.call('HGET', KEYS[4], 'epoch') == ARGV[4] then
    local held, first = held_count(KEYS[1], ARGV[1])
    if count > 0 and held == count then
        -- What one claim read lies in a row. Where nothing before it is held, it is the head of the stream, which is cut off
        -- whole: no entry has to be looked for. The last one stays, to be deleted by its name.
        if string.match(ARGV[5], '^%S+') == first then
            local last = string.match(string.sub(ARGV[5], -41), '%d+%-%d+$')
            redis.call('XTRIM', KEYS[1], 'MINID', '=', last)
            redis.call('XDEL', KEYS[1], last)
        else
            each_chunk('XDEL', KEYS[1], words(ARGV[5]), 1, count)
        end
        each_chunk('HDEL', KEYS[2], ARGV, 6, #ARGV)
        each_chunk('HDEL', KEYS[3], ARGV, 6, #ARGV)
        -- With the consumer goes all that it holds.
        redis.call('XGROUP', 'DELCONSUMER', KEYS[1], 'workers', ARGV[1])
        return {1}
    end
end

local entries, done, tasks = words(ARGV[5]), {}, {}
local answers = held_of(KEYS[1], ARGV[1], entries, ARGV[3] == '1')
for i, answer in ipairs(answers) do
    if answer == 1 then
        done[#done + 1] = entries[i]
        tasks[#tasks + 1] = ARGV[5 + i]
    end
end
end_entries(KEYS[1], ARGV[1], done, tasks, KEYS[2], KEYS[3])
return answers
