-- Stands in front of the scripts of the `stream` protocol. Both streams, of first attempts and of others, have one group,
-- 'workers', in which each claim is a consumer of its own: so the server knows which entries a claim holds.

-- The ids of the entries that a claim holds in a stream.
local function held_entries(stream, claim)
    local ids = redis.call('XPENDING', stream, 'workers', '-', '+', 4096, claim)
    for i, entry in ipairs(ids) do ids[i] = entry[1] end
    return ids
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

-- How many entries of a stream nobody has read, and what its group knows: how many are held, and the last that was read.
local function waiting_in(stream)
    local fields, group = redis.call('XINFO', 'GROUPS', stream)[1], {}
    for i = 1, #fields, 2 do group[fields[i]] = fields[i + 1] end
    local known = {held = group['pending'], last = group['last-delivered-id']}
    return redis.call('XLEN', stream) - known.held, known
end
