# 60 issues with comments and times by 12 people in one project, the same every time: `rails runner redmine_data.rb`.
admin = User.find_by(login: 'admin')
admin.update!(must_change_passwd: false)
people = (1..12).map do |n|
  User.new(firstname: "First#{n}", lastname: "Last#{n}", mail: "p#{n}@example.org", language: 'en').tap do |user|
    user.login = "person#{n}"
    user.password = user.password_confirmation = 'password-of-person'
    user.save!
  end
end
project = Project.new(name: 'Orders', description: 'All about orders')
project.identifier = 'orders'
project.trackers = Tracker.all
project.save!
people.each { |user| Member.create!(project: project, user: user, roles: [Role.givable.first]) }
versions = (1..4).map { |n| Version.create!(project: project, name: "1.#{n}") }
Wiki.create!(project: project, start_page: 'Wiki') unless project.reload.wiki
60.times do |n|
  author = people[n % 12]
  issue = Issue.create!(project: project, tracker: Tracker.all.to_a[n % 3], author: author, subject: "Issue #{n}",
    description: "What is wrong with *order* #{n}", priority: IssuePriority.all.to_a[n % 5],
    assigned_to: people[(n + 5) % 12], fixed_version: versions[n % 4], estimated_hours: n % 7)
  issue.reload
  (n % 6).times { |c| issue.init_journal(people[(n + c) % 12], "Comment #{c} on #{n}"); issue.save!; issue.reload }
  TimeEntry.create!(project: project, issue: issue, user: author, author: author, hours: 1.5, spent_on: Date.new(2026, 3, 1 + n % 28),
    activity: TimeEntryActivity.first)
  News.create!(project: project, author: author, title: "News #{n}", description: 'Something happened') if n % 6 == 0
end
