-- stream_groups: makes the streams and their group, unless they are there.
--
-- KEYS  1 pending  2 retry
-- Returns 1.
-- Cost  O(1).
for _, stream in ipairs(KEYS) do
    local made = redis.pcall('XGROUP', 'CREATE', stream, 'workers', '0', 'MKSTREAM')
    if made.err and not string.find(made.err, 'BUSYGROUP', 1, true) then return made end
end
return 1
