import Harness
import ReliableQueue
import Testing
import Workload

/// The order in which the points of a protocol get their turns.
@Suite struct FaultCourseTests {
    private static func course(_ fault: String) throws -> FaultCourse {
        try #require(try FaultCourse(Fault(parsing: fault), .lease, concurrently: false))
    }

    /// The points that a course comes to when processes come to all but those of `missing`.
    private static func walk(_ course: FaultCourse, _ count: Int, missing: String) -> [String] {
        var (course, points) = (course, [String]())
        while points.count < count {
            let point = course.next.description
            if point.hasPrefix(missing) {
                _ = course.miss()
            } else {
                points.append(point)
                course.hit()
            }
        }
        return points
    }

    private static let ofMonitor = ["expired:before", "expired:sent", "expired:after"]

    @Test func afterTheLastPointComesTheFirst() throws {
        var course = try Self.course("kill-producer@every")
        for boundary in ["enqueue:before", "enqueue:sent", "enqueue:after", "enqueue:before"] {
            #expect(course.next.description == boundary)
            course.hit()
        }
    }

    @Test func aPointIsMissedTwiceBeforeItsCommandIsLeftOut() throws {
        var course = try Self.course("kill-monitor@every")
        for _ in Self.ofMonitor { course.hit() }
        let missed = course.next
        #expect(missed.description == "recover:before")
        #expect(course.miss().isEmpty)
        #expect(course.next == missed)
        #expect(course.isRetry)
        #expect(course.miss().map(\.description) == ["recover:before", "recover:sent", "recover:after"])
        #expect(!course.isRetry)
        #expect(Self.walk(course, 6, missing: "recover") == Self.ofMonitor + Self.ofMonitor)
    }

    /// Whichever command of the worker or of its lease keeper never comes, all others do, in order.
    @Test(arguments: ["claim", "ack", "task", "effect", "renew", "nothing"]) func theOthersGoRound(missing: String)
        throws
    {
        let all = [
            "claim:before", "claim:sent", "claim:after", "ack:before", "ack:sent", "ack:after", "task", "effect",
            "renew:before", "renew:sent", "renew:after",
        ]
        let others = all.filter { !$0.hasPrefix(missing) }
        let points = try Self.walk(Self.course("kill-worker@every"), 2 * others.count, missing: missing)
        #expect(points == others + others)
    }

    /// A hit in between makes up for a miss.
    @Test func missesOfDifferentRoundsDoNotAddUp() throws {
        var course = try Self.course("kill-producer@every")
        for _ in 1...6 {
            let next = course.next
            #expect(course.miss().isEmpty)
            #expect(course.next == next)
            course.hit()
        }
    }

    /// A command that was asked for by name is waited for, however long.
    @Test func theOnlyPointIsNeverLeftOut() throws {
        var course = try Self.course("kill-worker@nonsense:sent")
        for _ in 1...5 {
            #expect(course.miss().isEmpty)
            #expect(course.next.description == "nonsense:sent")
        }
    }

    @Test func aFaultAtAnyMomentHasNone() throws {
        #expect(try FaultCourse(Fault(parsing: "kill-worker"), .lease, concurrently: false) == nil)
    }
}
