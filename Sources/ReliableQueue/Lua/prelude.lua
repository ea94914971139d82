-- Stands in front of every other script here.

-- Milliseconds by Redis' own clock: the only clock that decides about a lease.
local function now_ms()
    local time = redis.call('TIME')
    return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Calls COMMAND key item... for list[first..last], in chunks that Lua's stack can hold.
local function each_chunk(command, key, list, first, last)
    for from = first, last, 1000 do
        redis.call(command, key, unpack(list, from, math.min(from + 999, last)))
    end
end

-- A task's id: the bytes after the version byte of its element.
local function task_id(element)
    return string.sub(element, 2, 17)
end

-- A claim's list begins with its header: the fencing token, then ':r' when it came from the retry list, and ':c' once
-- its worker has confirmed that it starts. True when the header carries this token.
local function holds(header, token)
    return header == token or header == token .. ':r' or header == token .. ':rc'
end

-- Ends a claim whose list holds no task any more.
local function end_if_empty(list, leases, claim)
    if redis.call('LLEN', list) == 1 then
        redis.call('DEL', list)
        redis.call('ZREM', leases, claim)
    end
end

-- Makes an idle worker look: the marker is a sorted set of one member, so that setting it again costs nothing.
local function wake(key)
    redis.call('ZADD', key, 0, 'w')
end
