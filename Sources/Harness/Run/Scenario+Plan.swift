import Foundation
package import Workload

extension Scenario {
    /// The plan of its tasks, or of those of one generator. Reads the file of a trace.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` for a file that can't be read, ``HarnessError/scenario(_:)`` for one that says
    ///   nothing that can be sent.
    package func plan(_ part: GeneratorPart = .whole) throws(HarnessError) -> TaskPlan {
        let trace = try self.trace()
        do throws(WorkloadError) {
            return try TaskPlan(
                mix: mix, arrival: arrival, tasks: tasks, duration: duration, seed: seed, trace: trace, part: part)
        } catch {
            throw .workload(error)
        }
    }

    /// How many tasks its plan has, or one generator's part of it; `nil` for a closed loop that ends by time alone.
    func plannedTasks(_ part: GeneratorPart = .whole) throws(HarnessError) -> Int? {
        if case .closed = arrival.loop { return tasks.map { Int($0) } }
        return try plan(part).reduce(0) { count, _ in count + 1 }
    }

    private func trace() throws(HarnessError) -> ArrivalTrace? {
        guard case .trace(let file) = arrival else { return nil }
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw .usage("the trace \(file) cannot be read")
        }
        do throws(ScenarioError) {
            let trace = try ArrivalTrace(csv: text, file: file, mix: mix)
            for (kind, parameter) in trace.greatestParameters { try check(kind, parameter, of: file) }
            return trace
        } catch {
            throw .scenario(error)
        }
    }

    /// A trace may ask of a kind no more than the greatest that its mix may: what would take too long is refused here, too.
    private func check(_ kind: TaskKind, _ parameter: Int64, of file: String) throws(ScenarioError) {
        do throws(WorkloadError) {
            try ParameterLimits.check(kind, parameter)
        } catch {
            throw ScenarioError(file: file, line: 1, problem: error.problem, allowed: error.allowed)
        }
    }
}
