"""Questionnaires (floor 5): what people think is asked; nothing is decided by it.

Words: *questionnaire* (意见征询, 问卷) a few *questions* put to the households or the people of a place until an hour;
*sheet* (答卷) what one of them answered, with his building and what he is there and nothing that leads to him;
*participation* (参与) that a household or a person has answered, how and when, apart from the sheet;
*asked* (问到) how many there were to ask when it was opened.
"""
