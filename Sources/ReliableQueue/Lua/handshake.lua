-- handshake: learns whether the data may have been rolled back since anyone last looked, and says which epoch it is.
--
-- The server's run id changes when it restarts, its replication id when a replica is promoted. If either differs from
-- what is stored, tokens issued before may be issued again: so the epoch moves past all of them, and no lease may
-- outlive the longest that a worker could have asked for (clocks of two servers differ).
--
-- KEYS  1 epoch (hash)  2 leases (sorted set)
-- ARGV  1 run id  2 replication id  3 the highest epoch that this client ever saw  4 longest lease, ms
-- Returns the epoch, as text: it is the time in µs after the first bump, more than a reply's integer should bear in Lua.
-- Cost  O(1), or O(leases) after a restart. Atomic, so that of many clients after a restart one moves the epoch.
local stored = redis.call('HMGET', KEYS[1], 'run_id', 'replication_id', 'epoch')
-- A client that has seen a higher one was elsewhere meanwhile, where tokens went on.
if stored[1] == ARGV[1] and stored[2] == ARGV[2] and tonumber(stored[3]) >= tonumber(ARGV[3]) then
    return stored[3]
end
local time = redis.call('TIME')
local epoch = math.max(tonumber(stored[3] or '0') + 1, time[1] * 1000000 + time[2], tonumber(ARGV[3]) + 1)
local latest = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[4])
local late = redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. string.format('%.0f', latest), '+inf')
local text = string.format('%.0f', epoch)
redis.call('HSET', KEYS[1], 'run_id', ARGV[1], 'replication_id', ARGV[2], 'epoch', text)
for _, claim in ipairs(late) do
    redis.call('ZADD', KEYS[2], 'XX', latest, claim)
end
return text
