import { computed, defineComponent, h, onBeforeUnmount, onMounted, ref, watchEffect } from 'vue';
import {
  type Answers,
  addressOf,
  advise,
  answersIn,
  questions,
  unanswered,
} from '../../src/choose/questions.js';

/**
 * Asks four questions and shows the one answer of the page that fits: its slot holds them all, each in a division named
 * after its estimator. Without scripts they are all there to read.
 */
export const EstimatorPicker = defineComponent((_props, { slots }) => {
  const answers = ref<Answers>(unanswered);
  const isReady = ref(false);
  const all = ref<HTMLElement>();
  const advice = computed(() => advise(answers.value));
  const read = () => {
    answers.value = answersIn(location.search);
  };
  const answer = (name: string, value: string) => {
    answers.value = { ...answers.value, [name]: value };
    history.replaceState(history.state, '', `${location.pathname}${addressOf(answers.value)}`);
  };
  onMounted(() => {
    read();
    isReady.value = true;
    addEventListener('popstate', read);
    watchEffect(
      () => {
        for (const each of all.value?.querySelectorAll<HTMLElement>('[data-answer]') ?? [])
          each.hidden = each.dataset['answer'] !== advice.value;
      },
      { flush: 'post' },
    );
  });
  onBeforeUnmount(() => removeEventListener('popstate', read));
  const field = ([name, { text, answers: offered }]: [string, (typeof questions)[keyof Answers]]) =>
    h('fieldset', [
      h('legend', text),
      ...Object.entries(offered).map(([value, words]) =>
        h('label', [
          h('input', {
            type: 'radio',
            name,
            value,
            checked: answers.value[name as keyof Answers] === value,
            onChange: () => answer(name, value),
          }),
          ` ${words}`,
        ]),
      ),
    ]);
  return () =>
    h('div', { class: 'picker', 'data-advice': isReady.value ? advice.value : undefined }, [
      isReady.value
        ? h('form', { class: 'picker-questions' }, Object.entries(questions).map(field))
        : h('div', { class: 'picker-questions' }),
      h('div', { ref: all, 'aria-live': 'polite' }, slots['default']?.()),
    ]);
});
