import Processes
import TestSupport
import Testing

/// Each in a process of its own, whose cooperative pool is free.
@Suite struct AsyncWorkTests {
    private struct Failure: Error {}

    @Test func givesTheValueAndTheError() async {
        await #expect(processExitsWith: .success) { try await onOwnThread(AsyncWorkTests.valueAndError) }
    }

    @Sendable private static func valueAndError() throws {
        #expect(try AsyncWork.finish { await fortyTwo() } == 42)
        #expect(throws: Failure.self) { try AsyncWork.finish { () async throws in throw Failure() } }
    }

    private static func fortyTwo() async -> Int {
        await Task.yield()
        return 42
    }
}
