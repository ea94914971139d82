-- Stands in front of the scripts that claim: how many of the tasks that wait a claim takes.

-- The attempts of tasks that had some: how often each lost its worker, and 'redeliveries failures ' for each.
local function attempts_of(elements, redeliveries, failures)
    local ids = {}
    for i, element in ipairs(elements) do ids[i] = task_id(element) end
    local redelivered, texts = {}, {}
    for from = 1, #ids, 1000 do
        local to = math.min(from + 999, #ids)
        local r = redis.call('HMGET', redeliveries, unpack(ids, from, to))
        local f = redis.call('HMGET', failures, unpack(ids, from, to))
        for i = 1, to - from + 1 do
            redelivered[from + i - 1] = tonumber(r[i] or '0')
            texts[from + i - 1] = (r[i] or '0') .. ' ' .. (f[i] or '0') .. ' '
        end
    end
    return redelivered, texts
end

-- How long each kind takes, in µs, from pairs of arguments that begin at `first`.
local function estimates_from(first)
    local estimates = {}
    for i = first, #ARGV, 2 do estimates[ARGV[i]] = tonumber(ARGV[i + 1]) end
    return estimates
end

-- How long a task takes, in µs: by the worker's measure, by its own word, or as long as any.
local function length_of(element, estimates, average)
    if #element < 22 then return 0 end
    local kind = string.sub(element, 23, 22 + string.byte(element, 22))
    if estimates[kind] then return estimates[kind] end
    local a, b, c, d = string.byte(element, 18, 21)
    local declared = ((a * 256 + b) * 256 + c) * 256 + d
    return declared > 0 and declared or average
end

-- How many of the elements, from the first on, a claim takes, and how many µs those last: as many as fill the quantum, at
-- least one. Where tasks lost their workers (`redelivered` says how often), fewer the more often one of them did, down to
-- one, so that a poisonous task ends up alone.
local function choose(elements, estimates, average, quantum, limit, redelivered, most)
    local taken, cost, allowed = 0, 0, limit
    for i, element in ipairs(elements) do
        if redelivered then
            local times = redelivered[i]
            allowed = math.min(allowed, times >= most - 1 and 1 or math.max(1, math.floor(limit / 4 ^ times)))
        end
        local next_cost = cost + length_of(element, estimates, average)
        if taken > 0 and (next_cost > quantum or taken >= allowed) then break end
        taken, cost = i, next_cost
    end
    return taken, cost
end
