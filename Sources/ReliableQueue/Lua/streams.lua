-- Stands in front of the scripts of the `stream` protocol. Both streams, of first attempts and of others, have one group,
-- 'workers', in which each claim is a consumer of its own: so the server knows which entries a claim holds.

-- The ids of the entries that a claim holds in a stream.
local function held_entries(stream, claim)
    local ids = redis.call('XPENDING', stream, 'workers', '-', '+', 4096, claim)
    for i, entry in ipairs(ids) do ids[i] = entry[1] end
    return ids
end

-- How many entries a claim holds in a stream, and the first entry that any claim holds there; nil where there are so many claims
-- that to look for it would take longer than to list what it holds.
local function held_count(stream, claim)
    local fields = redis.call('XINFO', 'GROUPS', stream)[1]
    for i = 1, #fields, 2 do
        if fields[i] == 'consumers' and fields[i + 1] > 32 then return nil end
    end
    local held = redis.call('XPENDING', stream, 'workers')
    for _, consumer in ipairs(held[4] or {}) do
        if consumer[1] == claim then return tonumber(consumer[2]), held[2] end
    end
    return 0
end

-- The words of a text.
local function words(text)
    local list = {}
    for word in string.gmatch(text, '%S+') do list[#list + 1] = word end
    return list
end

-- Takes entries out of a stream for good: acknowledged ones do not stay.
local function remove_entries(stream, ids)
    for from = 1, #ids, 1000 do
        local to = math.min(from + 999, #ids)
        redis.call('XACK', stream, 'workers', unpack(ids, from, to))
        redis.call('XDEL', stream, unpack(ids, from, to))
    end
end

-- Forgets a claim that holds nothing in a stream any more.
local function close_claim(stream, claim)
    if #redis.call('XPENDING', stream, 'workers', '-', '+', 1, claim) == 0 then
        redis.call('XGROUP', 'DELCONSUMER', stream, 'workers', claim)
    end
end

-- Which of these entries a claim holds: 1 or 0 for each, and 1 only once for one that is named twice. All 0 when all or none are
-- wanted and it does not hold each of them.
--
-- XACK by itself asks for the id only: after a rollback an entry may be another claim's by now.
local function held_of(stream, claim, entries, is_whole)
    local held, answers = {}, {}
    for _, id in ipairs(held_entries(stream, claim)) do held[id] = 1 end
    for i, id in ipairs(entries) do
        answers[i] = held[id] or 0
        held[id] = nil
        if is_whole and answers[i] == 0 then
            for j = 1, #entries do answers[j] = 0 end
            break
        end
    end
    return answers
end

-- Ends entries of a claim, and forgets what is counted of their tasks.
local function end_entries(stream, claim, entries, tasks, redeliveries, failures)
    if #entries == 0 then return end
    remove_entries(stream, entries)
    each_chunk('HDEL', redeliveries, tasks, 1, #tasks)
    each_chunk('HDEL', failures, tasks, 1, #tasks)
    close_claim(stream, claim)
end

-- How many entries of a stream nobody has read, and what its group knows: how many are held, and the last that was read.
local function waiting_in(stream)
    local fields, group = redis.call('XINFO', 'GROUPS', stream)[1], {}
    for i = 1, #fields, 2 do group[fields[i]] = fields[i + 1] end
    local known = {held = group['pending'], last = group['last-delivered-id']}
    return redis.call('XLEN', stream) - known.held, known
end
