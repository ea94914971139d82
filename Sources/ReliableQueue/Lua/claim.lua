-- claim: moves tasks from one list into the claim's own list and leases it, in one step, so that a task is never in a
-- list that no lease covers.
--
-- Due delayed tasks are promoted first. Retry and pending are served by turns, and a claim holds tasks of one of them
-- only. From retry it takes fewer the more often one of the tasks lost its worker, down to one, so that a poisonous
-- task ends up alone. Where tasks differ in length it takes as many as fill the quantum.
--
-- The tasks themselves stay on the server's side, where SORT moves them from list to list without a sort: to make strings of Lua
-- of them would take most of the time. The worker reads the claim's list behind this script.
--
-- It counts the tasks that it hands out, first attempts apart from later ones: with what still waits that says how many ever
-- came.
--
-- KEYS  1 pending  2 retry  3 delayed  4 leases  5 wake  6 the claim's list  7 the worker's record (its last request)
--       8 epoch, and the counts sequence, first and again  9 redeliveries  10 failures  11 paced
-- ARGV  1 claim id  2 request number  3 most tasks  4 shortest lease, ms  5 µs a task takes on average
--       6 quantum, µs  7 most redeliveries  8 '1' when lengths differ  9 '1' when the worker was waiting
--       10 ms to keep the worker's record  11 longest lease, ms  12 '1' when SORT may move the tasks
--       13... kind, µs: how long the worker saw that kind take
-- Returns {1, header, redeliveries and failures of each task or ''}: the claim's list holds the tasks
--       | {0, ms until a delayed task is due, or -1} when there is nothing to claim
--       | {-1} when this request was answered before and its claim is gone
--       | the error NOEPOCH when the queue was deleted under a connection: nothing was done, shake hands again.
-- Cost  O(tasks moved). A repeated request finds its claim again, since the claim is named by its maker.
local limit, quantum, most = tonumber(ARGV[3]), tonumber(ARGV[6]), tonumber(ARGV[7])

local known = redis.call('MGET', KEYS[7], KEYS[11])
if tonumber(known[1] or '0') >= tonumber(ARGV[2]) then
    local header = redis.call('LINDEX', KEYS[6], 0)
    if not header then return {-1} end
    local counts = ''
    if string.find(header, 'r', 1, true) then
        local _, texts = attempts_of(redis.call('LRANGE', KEYS[6], 1, -1), KEYS[9], KEYS[10])
        counts = table.concat(texts)
    end
    return {1, header, counts}
end

-- A record that went by itself, and a claim of that name that is still there: its tasks are not to be written over.
if not known[1] and redis.call('EXISTS', KEYS[6]) == 1 then return {-1} end

local epoch = redis.call('HGET', KEYS[8], 'epoch')
if not epoch then
    return redis.error_reply('NOEPOCH the queue was deleted: shake hands again')
end

local now = now_ms()
local delayed = redis.call('ZRANGE', KEYS[3], 0, 0, 'WITHSCORES')
if delayed[2] and tonumber(delayed[2]) <= now then
    local due = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now, 'LIMIT', 0, limit)
    each_chunk('RPUSH', KEYS[2], due, 1, #due)
    each_chunk('ZREM', KEYS[3], due, 1, #due)
    delayed = redis.call('ZRANGE', KEYS[3], 0, 0, 'WITHSCORES')
end
local due_in = delayed[2] and math.max(0, tonumber(delayed[2]) - now) or -1

local pending, retry = redis.call('LLEN', KEYS[1]), redis.call('LLEN', KEYS[2])
if pending + retry == 0 then
    -- With something delayed the marker stays: this answer may reach nobody who would watch it.
    if due_in == -1 then redis.call('DEL', KEYS[5]) end
    if known[2] and due_in == -1 and redis.call('ZCARD', KEYS[4]) == 0 then
        redis.call('DEL', KEYS[11])
    end
    return {0, due_in}
end

local sequence = redis.call('HINCRBY', KEYS[8], 'sequence', 1)
local is_retry = retry > 0 and (pending == 0 or sequence % 2 == 1)
local source = is_retry and KEYS[2] or KEYS[1]
local taken, cost, counts = limit, nil, ''
if is_retry or known[2] or ARGV[8] == '1' then
    local elements = redis.call('LRANGE', source, 0, limit - 1)
    local redelivered, texts
    if is_retry then redelivered, texts = attempts_of(elements, KEYS[9], KEYS[10]) end
    taken, cost = choose(elements, estimates_from(13), tonumber(ARGV[5]), quantum, limit, redelivered, most)
    if is_retry then counts = table.concat(texts, '', 1, taken) end
end
taken = math.min(taken, is_retry and retry or pending)
redis.call('HINCRBY', KEYS[8], is_retry and 'again' or 'first', taken)
local header = epoch .. ':' .. sequence .. (is_retry and ':r' or '')
if ARGV[12] == '1' and taken > 16 then
    redis.call('SORT', source, 'BY', 'nothing', 'LIMIT', 0, taken, 'STORE', KEYS[6])
    redis.call('LTRIM', source, taken, -1)
    redis.call('LPUSH', KEYS[6], header)
else
    -- A few, in as few commands as can be; or many, before Redis 7, whose SORT looked at the whole list.
    local elements = redis.call('LPOP', source, taken)
    table.insert(elements, 1, header)
    each_chunk('RPUSH', KEYS[6], elements, 1, taken + 1)
end
cost = cost or taken * tonumber(ARGV[5])
local length = math.min(tonumber(ARGV[4]) + math.ceil(2 * cost / 1000), tonumber(ARGV[11]))
redis.call('ZADD', KEYS[4], now + length, ARGV[1])
redis.call('SET', KEYS[7], ARGV[2], 'PX', ARGV[10])
-- A worker that was waiting took the marker with it: somebody else must watch what is still delayed.
if pending + retry > taken or due_in == 0 or (ARGV[9] == '1' and due_in > 0) then
    wake(KEYS[5])
end
return {1, header, counts}
