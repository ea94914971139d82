-- Stands in front of the scripts that make dead letters.

-- Makes a task a dead letter: its counts are forgotten and its reason is kept, under the key `result` as its result, too, if it
-- asked for one.
local function bury(element, reason, redeliveries, failures, dead, reasons, result)
    local id = task_id(element)
    redis.call('HDEL', redeliveries, id)
    redis.call('HDEL', failures, id)
    redis.call('HSET', reasons, id, reason)
    redis.call('RPUSH', dead, element)
    if result then keep_result(result, 'failed', reason, kept_for(element)) end
end

-- Why a task is buried that lost its worker so often.
local function vanished(times)
    return 'its worker vanished ' .. times .. ' times'
end
