"""Volunteering (floor 5): teams, shifts, who came, and the book of hours; hours are thanks for nothing else.

Words: *volunteer* (志愿者) a person who registered, with a number; *team* (志愿队) and its *members*; *standing*
(常设项目) what a team does whenever its trigger comes, and a *call-out* (召集) when it has; *service* (志愿服务) one
undertaking with one or more *shifts* (班次); *sign-up* (报名) one person for a shift, in it or on the waiting list;
*hours book* (时长簿) what somebody served, in minutes, append-only and apart from points; *certificate* (志愿服务证明).
An *activity* (活动) of the community is another thing and belongs to another feature.
"""
