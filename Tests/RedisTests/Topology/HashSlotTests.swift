import Redis
import TestSupport
import Testing

/// Slots of keys, as a real node counts them.
@Suite struct HashSlotTests {
    @Test(arguments: [("123456789", 12_739), ("foo", 12_182), ("{user1000}.following", 3_443), ("", 0)])
    func knownSlots(key: String, slot: Int) { #expect(HashSlot(of: key).number == slot) }

    @Test(arguments: [
        "{a}b", "x{a}y", "a", "{}a", "{a", "}{a}", "{{a}}", "{a}{b}", "ü{é}", "{fibq:20261130/0}:pending",
    ])
    func aServerCountsAlike(key: String) throws {
        let slot = try RedisConnection(to: TestTopology.cluster.endpoint()).call("CLUSTER", "KEYSLOT", key).integer()
        #expect(HashSlot(of: key).number == slot)
    }

    @Test func thereAreSixteenThousandOrSo() {
        #expect(HashSlot(number: 16_383) != nil)
        #expect(HashSlot(number: 16_384) == nil && HashSlot(number: -1) == nil)
    }
}
