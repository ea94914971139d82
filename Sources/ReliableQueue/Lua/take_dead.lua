-- take_dead: takes dead letters out, and puts them where tasks wait for a first attempt, or nowhere.
--
-- KEYS  1 dead  2 pending  3 reasons  4 failures  5 wake
-- ARGV  1 'list', 'stream' (what pending is) or 'drop'  2... the field of a reason, element
-- Returns how many were there.
-- Cost  O(elements × dead letters).
local taken = 0
for i = 2, #ARGV, 2 do
    if redis.call('LREM', KEYS[1], 1, ARGV[i + 1]) == 1 then
        redis.call('HDEL', KEYS[3], ARGV[i])
        redis.call('HDEL', KEYS[4], ARGV[i])
        if ARGV[1] == 'list' then
            redis.call('RPUSH', KEYS[2], ARGV[i + 1])
        elseif ARGV[1] == 'stream' then
            redis.call('XADD', KEYS[2], '*', 'e', ARGV[i + 1])
        end
        taken = taken + 1
    end
end
if taken > 0 and ARGV[1] ~= 'drop' then wake(KEYS[5]) end
return taken
