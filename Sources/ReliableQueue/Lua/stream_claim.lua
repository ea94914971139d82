-- stream_claim: reads the next entries of one stream for a claim, in one step with its token. What claim says of turns, of
-- retries and of the quantum holds here too.
--
-- How long entries may idle is one number for the whole queue, the longest lease that any worker asked for: a stream keeps
-- the time of an entry's delivery, and nothing else.
--
-- KEYS  1 pending  2 retry  3 delayed  4 wake  5 the worker's record (its last request and that claim's header)
--       6 epoch  7 redeliveries  8 failures  9 paced  10 the gate, where a transaction is to read
-- ARGV  1 claim id  2 request number  3 most tasks  4 lease, ms  5 µs a task takes on average  6 quantum, µs
--       7 most redeliveries  8 '1' when lengths differ  9 '1' when the worker was waiting
--       10 ms to keep the worker's record  11... kind, µs: how long the worker saw that kind take
-- Returns {1, header, redeliveries and failures of each task or '', id, element, id, element...}, or only the first three when
--       the gate is open: what follows in the transaction, XREADGROUP of pending and the gate, then reads the entries. It reads
--       nothing where there is no gate: that is how the script decides whether it shall. So entries are no tables of Lua.
--       | {0, ms until a delayed task is due, or -1} when there is nothing to claim
--       | {-1} when this request was answered before and its claim is gone
--       | the error NOEPOCH when the queue was deleted under a connection: nothing was done, shake hands again.
-- Cost  O(tasks).
local limit = tonumber(ARGV[3])

-- A gate that somebody left, or brought back from a copy, must not let what follows read.
if KEYS[10] then redis.call('DEL', KEYS[10]) end

-- The answer that hands entries out.
local function answer(header, entries)
    local reply, elements = {1, header, ''}, {}
    for i, entry in ipairs(entries) do
        elements[i] = entry[2][2]
        reply[2 * i + 2], reply[2 * i + 3] = entry[1], entry[2][2]
    end
    if string.find(header, 'r', 1, true) then
        local _, texts = attempts_of(elements, KEYS[7], KEYS[8])
        reply[3] = table.concat(texts)
    end
    return reply
end

local known = redis.call('MGET', KEYS[5], KEYS[9])
local request, header = string.match(known[1] or '', '^(%d+) (.*)$')
if tonumber(request or '0') >= tonumber(ARGV[2]) then
    local stream = string.find(header, 'r', 1, true) and KEYS[2] or KEYS[1]
    local entries = request == ARGV[2] and held_entries(stream, ARGV[1]) or {}
    if #entries == 0 then return {-1} end
    for i, id in ipairs(entries) do entries[i] = redis.call('XRANGE', stream, id, id)[1] end
    return answer(header, entries)
end

local epoch = redis.call('HMGET', KEYS[6], 'epoch', 'lease')
if not epoch[1] then
    return redis.error_reply('NOEPOCH the queue was deleted: shake hands again')
end

local now = now_ms()
local delayed = redis.call('ZRANGE', KEYS[3], 0, 0, 'WITHSCORES')
if delayed[2] and tonumber(delayed[2]) <= now then
    local due = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now, 'LIMIT', 0, limit)
    for _, element in ipairs(due) do redis.call('XADD', KEYS[2], '*', 'e', element) end
    each_chunk('ZREM', KEYS[3], due, 1, #due)
    delayed = redis.call('ZRANGE', KEYS[3], 0, 0, 'WITHSCORES')
end
local due_in = delayed[2] and math.max(0, tonumber(delayed[2]) - now) or -1

local pending, pending_group = waiting_in(KEYS[1])
local retry, retry_group = waiting_in(KEYS[2])
if pending + retry == 0 then
    if due_in == -1 then redis.call('DEL', KEYS[4]) end
    if known[2] and due_in == -1 and pending_group.held + retry_group.held == 0 then
        redis.call('DEL', KEYS[9])
    end
    return {0, due_in}
end

local sequence = redis.call('HINCRBY', KEYS[6], 'sequence', 1)
local is_retry = retry > 0 and (pending == 0 or sequence % 2 == 1)
local source, group = KEYS[1], pending_group
if is_retry then source, group = KEYS[2], retry_group end
local taken, opens = limit, KEYS[10] ~= nil
if is_retry or known[2] or ARGV[8] == '1' then
    opens = false
    local elements = redis.call('XRANGE', source, '(' .. group.last, '+', 'COUNT', limit)
    for i, entry in ipairs(elements) do elements[i] = entry[2][2] end
    local redelivered
    if is_retry then redelivered = attempts_of(elements, KEYS[7], KEYS[8]) end
    taken = choose(
        elements, estimates_from(11), tonumber(ARGV[5]), tonumber(ARGV[6]), limit, redelivered, tonumber(ARGV[7]))
end
local entries, count = {}, math.min(limit, pending)
if opens then
    redis.call('XGROUP', 'CREATE', KEYS[10], 'workers', '$', 'MKSTREAM')
else
    entries = redis.call('XREADGROUP', 'GROUP', 'workers', ARGV[1], 'COUNT', taken, 'STREAMS', source, '>')[1][2]
    count = #entries
end
if tonumber(epoch[2] or '0') < tonumber(ARGV[4]) then
    redis.call('HSET', KEYS[6], 'lease', ARGV[4])
end
local header_now = epoch[1] .. ':' .. sequence .. (is_retry and ':r' or '')
redis.call('SET', KEYS[5], ARGV[2] .. ' ' .. header_now, 'PX', ARGV[10])
-- A worker that was waiting took the marker with it: somebody else must watch what is still delayed.
if pending + retry > count or due_in == 0 or (ARGV[9] == '1' and due_in > 0) then
    wake(KEYS[4])
end
return answer(header_now, entries)
