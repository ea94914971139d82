-- Stands in front of the scripts that keep results. A result is kept in the very step that ends its task, so there is one
-- when the task was acked, or became a dead letter, and none by whoever came too late for that.

-- Keeps what came of a task for so many ms: 'done' and its result, or 'failed' and the reason. A stream of one entry, since
-- any number of readers can block on that, and take nothing away. What was kept of an earlier end goes.
local function keep_result(key, ending, words, ms)
    redis.call('DEL', key)
    redis.call('XADD', key, '*', ending, words)
    redis.call('PEXPIRE', key, ms)
end

-- For how many ms a task's result is to be kept; nil for one that did not ask.
local function kept_for(element)
    if string.byte(element, 1) ~= 2 or #element < 26 then return nil end
    local a, b, c, d = string.byte(element, 23 + string.byte(element, 22), 26 + string.byte(element, 22))
    return d and ((a * 256 + b) * 256 + c) * 256 + d
end
