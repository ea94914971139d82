import ReliableQueue
import Testing

@Suite struct BatchCountTests {
    @Test func whatWasThereAtTheFirstLookDoesNotCount() {
        var count = BatchCount()
        #expect(count.note(["a": 7], ended: [:]) == 0)
        #expect(count.note(["a": 9, "b": 4], ended: [:]) == 6)
    }

    @Test func whoEndedIsAskedFor() {
        var count = BatchCount()
        _ = count.note(["a": 7, "b": 1], ended: [:])
        #expect(count.missing(from: ["b": 2]) == ["a"])
        #expect(count.note(["b": 2], ended: ["a": 10]) == 4)
        #expect(count.missing(from: ["b": 2]) == [])
    }

    @Test func aRollbackIsNotCountedBackwards() {
        var count = BatchCount()
        _ = count.note(["a": 7], ended: [:])
        #expect(count.note(["a": 3], ended: [:]) == 0)
        #expect(count.note(["a": 5], ended: [:]) == 2)
    }
}
