import Processes
import Testing

@Suite struct ProcessorsTests {
    @Test func eachGetsItsOwnWhileThereAreAny() {
        #expect(Processors.share(0, of: 1, online: 4) == [3])
        #expect(Processors.share(1, of: 1, online: 4) == [2])
        #expect(Processors.share(1, of: 2, online: 4) == [0, 1])
    }

    @Test func goesRoundWhenThereAreNotEnough() {
        #expect(Processors.share(4, of: 1, online: 4) == [3])
        #expect(Processors.share(1, of: 3, online: 2) == [0, 1])
        #expect(Processors.online >= 1)
    }
}
