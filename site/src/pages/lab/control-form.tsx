// The controls of a live page as a plain form: the server draws what it sends, and a script spares the sending.
import type { Control, Controls } from '@offprint/lab/browser';
import { controlName, submittedName, toPlace } from '../../lab/shared/control-values.ts';
import { valueText } from '../../lab/shared/numbers.ts';

export interface ControlFormProps {
  /** The experiment's number, by which the script finds its code. */
  readonly number: number;
  readonly action: string;
  /** Whether there is a result that the script may ask for. */
  readonly stored: boolean;
  readonly controls: Controls;
  /** Given values by control name, as `sentValues` reads them. */
  readonly values: Readonly<Record<string, unknown>>;
}

export function ControlForm(props: ControlFormProps) {
  return (
    <form
      class="controls"
      method="get"
      action={`${props.action}#try`}
      data-lab-controls={props.number}
      data-lab-stored={props.stored ? true : undefined}
    >
      <input type="hidden" name={submittedName} value="1" />
      {Object.entries(props.controls).map(([name, control]) => (
        <OneControl name={name} control={control} value={props.values[name]} />
      ))}
      <p class="form-actions">
        <button type="submit">Draw</button>
        <a href={`${props.action}#try`} data-lab-reset>
          Back to the beginning
        </a>
      </p>
    </form>
  );
}

interface OneControlProps {
  readonly name: string;
  readonly control: Control;
  readonly value: unknown;
}

function OneControl({ name, control, value }: OneControlProps) {
  const id = `control-${name.replace(/\W/g, '-')}`;
  switch (control.kind) {
    case 'range': {
      const given = typeof value === 'number' && Number.isFinite(value) ? value : control.initial;
      const present = Math.min(control.max, Math.max(control.min, given));
      return (
        <p class="control">
          <label for={id}>{control.label}</label>
          <Slider
            id={id}
            name={name}
            min={toPlace(control, control.min)}
            max={toPlace(control, control.max)}
            step={control.step}
            place={toPlace(control, present)}
            initial={toPlace(control, control.initial)}
            text={valueText(present, control.unit)}
            log={control.log ?? false}
            unit={control.unit}
          />
        </p>
      );
    }
    case 'choice': {
      const present =
        typeof value === 'string' && Object.hasOwn(control.options, value) ? value : control.initial;
      return (
        <p class="control">
          <label for={id}>{control.label}</label>
          <select id={id} name={controlName(name)}>
            {Object.entries(control.options).map(([option, text]) => (
              <option value={option} selected={option === present}>
                {text}
              </option>
            ))}
          </select>
        </p>
      );
    }
    case 'toggle':
      return (
        <p class="control">
          <label class="tick" for={id}>
            <input
              type="checkbox"
              id={id}
              name={controlName(name)}
              value="on"
              checked={typeof value === 'boolean' ? value : control.initial}
            />
            {control.label}
          </label>
        </p>
      );
    case 'curve': {
      const given = Array.isArray(value) ? value : [];
      return (
        <fieldset class="control curve" data-lab-curve>
          <legend>{control.label}</legend>
          {control.handles.map((handle, i) => {
            const initial = control.initial[i] ?? control.min;
            const one: unknown = given[i];
            const present = typeof one === 'number' && Number.isFinite(one) ? one : initial;
            const place = Math.min(control.max, Math.max(control.min, present));
            return (
              <p class="control">
                <label for={`${id}-${i}`}>{handle}</label>
                <Slider
                  id={`${id}-${i}`}
                  name={name}
                  min={control.min}
                  max={control.max}
                  step={control.step}
                  place={place}
                  initial={initial}
                  text={valueText(place, undefined)}
                  log={false}
                  unit={undefined}
                />
              </p>
            );
          })}
        </fieldset>
      );
    }
  }
}

interface SliderProps {
  readonly id: string;
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly place: number;
  readonly initial: number;
  readonly text: string;
  readonly log: boolean;
  readonly unit: string | undefined;
}

function Slider(props: SliderProps) {
  return (
    <span class="slider">
      <input
        type="range"
        id={props.id}
        name={controlName(props.name)}
        min={props.min}
        max={props.max}
        step={props.step}
        value={props.place}
        aria-valuetext={props.text}
        data-initial={props.initial}
        data-log={props.log ? true : undefined}
        data-unit={props.unit}
      />
      <output for={props.id}>{props.text}</output>
    </span>
  );
}
